//! What people have, as it is: each shape of a request or reply is told by its content and priced as by hand, and what
//! belongs elsewhere is named with the command that takes it.

#[path = "../common/mod.rs"]
mod common;
mod commands;
mod elsewhere;
mod folder;
mod legality;
mod names;
mod parameters;
mod replies;
mod requests;
mod sdk;
mod streams;
