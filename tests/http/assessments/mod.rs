mod decide;
mod explanation;
mod export;
mod send;
mod verify;
