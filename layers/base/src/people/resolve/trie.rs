//! Names as paths of words, so that every name that begins at a word is found in one walk.

use std::collections::HashMap;

use super::words::{Gap, Word};

type Node = u32;

/// Paths of words with values at their ends.
pub struct Trie<T> {
    words: HashMap<String, u32>,
    next: HashMap<(Node, u32), Node>,
    values: HashMap<Node, Vec<T>>,
    nodes: Node,
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self { words: HashMap::new(), next: HashMap::new(), values: HashMap::new(), nodes: 0 }
    }
}

impl<T> Trie<T> {
    /// Puts a value at the end of a path. An empty path takes none.
    pub fn insert(&mut self, path: &[String], value: T) {
        if path.is_empty() {
            return;
        }
        let mut node = 0;
        for key in path {
            let fresh = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            let word = *self.words.entry(key.clone()).or_insert(fresh);
            node = *self.next.entry((node, word)).or_insert_with(|| {
                self.nodes += 1;
                self.nodes
            });
        }
        self.values.entry(node).or_default().push(value);
    }

    /// The values at the end of exactly this path.
    pub fn at(&self, path: &[Word]) -> &[T] {
        let end = path.iter().try_fold(0, |node, word| self.step(node, &word.key));
        end.and_then(|node| self.values.get(&node)).map_or(&[], Vec::as_slice)
    }

    /// The values at the end of the path of these keys.
    pub fn at_keys(&self, path: &[String]) -> &[T] {
        let end = path.iter().try_fold(0, |node, key| self.step(node, key));
        end.and_then(|node| self.values.get(&node)).map_or(&[], Vec::as_slice)
    }

    /// Every path that the words begin with, shortest first: how many words it takes, its values, and the
    /// widest gap within it.
    pub fn prefixes<'a>(&'a self, words: &[Word]) -> Vec<(usize, &'a [T], Gap)> {
        let mut found = Vec::new();
        let (mut node, mut widest) = (0, Gap::Space);
        for (at, word) in words.iter().enumerate() {
            if at > 0 {
                widest = widest.max(word.gap);
            }
            if widest == Gap::Stop {
                break;
            }
            let Some(next) = self.step(node, &word.key) else { break };
            node = next;
            if let Some(values) = self.values.get(&node) {
                found.push((at + 1, values.as_slice(), widest));
            }
        }
        found
    }

    fn step(&self, node: Node, key: &str) -> Option<Node> {
        self.next.get(&(node, *self.words.get(key)?)).copied()
    }
}
