mod boards;
mod cases;
mod laws;
mod rehearsals;
mod script;
