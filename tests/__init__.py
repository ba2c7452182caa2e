"""Tests, room by room as in src; a package so that tests can share cases and oracles."""
