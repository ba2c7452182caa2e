"""Tools: what the pointer does on the map, as generators that know no window.

A tool receives `Pointer` events in metres and yields a `Draft` to paint on top of the map; what it returns is an edit
to do (`Done`) or None. The plan never changes while a tool runs: one drag is one step.
To add one: a generator function in a file here and its name in `tool_for`.
"""
