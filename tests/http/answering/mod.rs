mod attach;
mod invite;
mod submit;
