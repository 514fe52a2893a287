//! Use cases and jobs: the only place where parts meet.
