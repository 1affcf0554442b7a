mod decide;
mod explanation;
mod export;
mod send;
mod subjects;
mod verify;
