mod accounts;
mod contractors;
mod log;
mod organizations;
mod password_reset;
mod providers;
mod sign_in;
