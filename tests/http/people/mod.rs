mod accounts;
mod contractors;
mod log;
mod organizations;
mod providers;
mod sign_in;
