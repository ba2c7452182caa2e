"""The command line `venueplanner`: the same program without windows.

May import: app, and the words of domain and kinds. Never `ui`: what needs a window is started as its own process.
To add a command: a function in one of the files here and its line in `main.COMMANDS`.
"""
