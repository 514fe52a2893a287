//! HTTP: JSON API, pages, sessions, live updates.
