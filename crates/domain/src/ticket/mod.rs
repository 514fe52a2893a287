//! One support request: its kinds, its lifecycle, its timeline, and the way in.

pub mod baseline;
pub mod circle;
pub mod diagnosis;
pub mod intake;
pub mod kinds;
pub mod lifecycle;
pub mod notice;
pub mod timeline;
