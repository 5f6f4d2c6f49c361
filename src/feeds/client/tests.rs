//! Scenes with a small server on this machine.
