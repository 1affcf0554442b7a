mod decide;
mod send;
