//! The vocabulary between the stages: elements open and close, and text stands between.
