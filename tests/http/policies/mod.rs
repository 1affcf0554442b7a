mod look;
mod versions;
