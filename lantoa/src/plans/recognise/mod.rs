mod gazetteer;
mod model;
mod parties;
mod words;
