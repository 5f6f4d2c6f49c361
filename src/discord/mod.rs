//! The only room that knows Discord: two doors for interactions, commands and views, and delivery within its limits.
//!
//! Architecture invariant: commands and views never send. A command gives a [`reply::Reply`]; what is said unasked
//! goes through the outbox and `delivery`.

pub mod ask;
pub mod commands;
pub mod custom_id;
pub mod delivery;
pub mod dispatch;
pub mod endpoint;
pub mod gateway;
pub mod layout;
pub mod limits;
pub mod permissions;
pub mod register;
pub mod reply;
pub mod rest;
pub mod views;
pub mod words;
