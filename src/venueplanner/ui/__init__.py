"""Windows, and only here: main window, canvas, panels, dialogs, forms, theme.

May import: PySide6 and app; domain and kinds for types.
To add one: a panel listens to the session, never to another panel; every text is marked with N_()
and said again by its `retranslate(language)`.
"""
