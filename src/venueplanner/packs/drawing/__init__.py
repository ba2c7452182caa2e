"""Drawing the city, the plan and findings with QPainter: the same strokes on screen, on paper and in pictures.

Used by the packs here and, through `app.drawing`, by the canvas of the window. May import: domain, kinds, engine, and
QtCore/QtGui of PySide6 (no widgets). Everything is drawn through a `Sheet`, which knows where the map lies.
"""
