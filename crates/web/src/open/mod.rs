//! 四公开 Pages of what residents say and are told; 东组通〔2015〕33号 二（四）.

pub mod board;
pub mod feed;
pub mod find;
pub mod handling;
pub mod lists;
pub mod matter;
pub mod notice;
pub mod notice_form;
pub mod print;
pub mod register;
pub mod rules;
pub mod say;
pub mod suggestion;
