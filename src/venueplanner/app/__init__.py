"""The program without windows: session, inspector, jobs, commands, tools, settings, language.

Lives here: the only place that changes a plan, undoes it and tells others. No Qt, no direct file access.
May import: checks, edits, storage, packs, kinds, engine, raster, domain.
To add one: a command is a named action that both the window and the command line can call.
"""
