mod deadline;
mod gazetteer;
mod model;
mod parties;
mod target;
mod words;
