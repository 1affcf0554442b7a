mod decide;
mod export;
mod send;
