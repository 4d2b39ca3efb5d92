//! 一核心 Pages of bodies, posts and people; 东组通〔2015〕33号 二（一）.

pub mod import;
pub mod post;
