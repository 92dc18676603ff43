mod deadline;
mod gazetteer;
mod model;
mod parties;
mod roles;
mod target;
mod words;
