"""VenuePlanner: plan the protection of a public event, offline. Empty, so that one room loads no other."""
