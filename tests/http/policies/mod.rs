mod look;
mod trial;
mod versions;
