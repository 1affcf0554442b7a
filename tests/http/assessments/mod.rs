mod decide;
mod export;
mod send;
mod verify;
