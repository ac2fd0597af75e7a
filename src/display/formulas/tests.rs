//! Tests of formulas.
