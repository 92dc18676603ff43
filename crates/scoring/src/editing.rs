//! Changing a tree: adding, moving, taking out. Each answers whether it could be done; what could not changes nothing.

use crate::set::{Body, DEPTH_MAX, Node, Set};

/// Where something moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Before the one that stands above it in its group.
    Up,
    /// After the one that stands below it.
    Down,
    /// Out of its group, to stand after it.
    Out,
    /// To the end of the group that stands above it.
    In,
}

impl Set {
    /// Puts a node at the end of a group, of the whole where the code is empty.
    pub fn add(&mut self, group: &str, node: Node) -> bool {
        let into = if group.is_empty() { Some(&mut self.nodes) } else { group_of(&mut self.nodes, group) };
        into.map(|nodes| nodes.push(node)).is_some()
    }

    /// The node of that code, to be changed.
    pub fn node_mut(&mut self, code: &str) -> Option<&mut Node> {
        find(&mut self.nodes, code)
    }

    /// Takes a node out, with everything in it, and out of the rule for ties.
    pub fn remove(&mut self, code: &str) -> Option<Node> {
        let (nodes, at) = home(&mut self.nodes, code)?;
        let gone = nodes.remove(at);
        let there: Vec<String> = self.numbered().into_iter().map(|(_, node)| node.code.clone()).collect();
        self.ties.retain(|code| there.contains(code));
        Some(gone)
    }

    /// Moves a node with everything in it.
    pub fn shift(&mut self, code: &str, to: Move) -> bool {
        let moved = match to {
            Move::Up | Move::Down => beside(&mut self.nodes, code, to),
            Move::In => inwards(&mut self.nodes, code),
            Move::Out => outwards(&mut self.nodes, code),
        };
        moved.is_some()
    }

    /// A code of that beginning that nothing here has: `tc1`, `tc2` …
    #[must_use]
    pub fn fresh_code(&self, beginning: &str) -> String {
        let all = self.numbered();
        let taken =
            |code: &str| all.iter().any(|(_, node)| node.code == code) || self.extras.iter().any(|extra| extra.code == code);
        (1..).map(|n: u32| format!("{beginning}{n}")).find(|code| !taken(code)).unwrap_or_default()
    }
}

fn find<'a>(nodes: &'a mut [Node], code: &str) -> Option<&'a mut Node> {
    nodes.iter_mut().find_map(|node| {
        if node.code == code {
            return Some(node);
        }
        match &mut node.body {
            Body::Group { nodes } => find(nodes, code),
            Body::Criterion(_) => None,
        }
    })
}

fn group_of<'a>(nodes: &'a mut [Node], code: &str) -> Option<&'a mut Vec<Node>> {
    match &mut find(nodes, code)?.body {
        Body::Group { nodes } => Some(nodes),
        Body::Criterion(_) => None,
    }
}

fn place(nodes: &[Node], code: &str) -> Option<usize> {
    nodes.iter().position(|node| node.code == code)
}

/// The list in which a node stands, and where.
fn home<'a>(nodes: &'a mut Vec<Node>, code: &str) -> Option<(&'a mut Vec<Node>, usize)> {
    if let Some(at) = place(nodes, code) {
        return Some((nodes, at));
    }
    nodes.iter_mut().find_map(|node| match &mut node.body {
        Body::Group { nodes } => home(nodes, code),
        Body::Criterion(_) => None,
    })
}

fn beside(nodes: &mut Vec<Node>, code: &str, to: Move) -> Option<()> {
    let (nodes, at) = home(nodes, code)?;
    let other = if to == Move::Up { at.checked_sub(1)? } else { at + 1 };
    (other < nodes.len()).then(|| nodes.swap(at, other))
}

fn inwards(nodes: &mut Vec<Node>, code: &str) -> Option<()> {
    let (nodes, at) = home(nodes, code)?;
    let above = at.checked_sub(1)?;
    if matches!(nodes[above].body, Body::Criterion(_)) || depth(&nodes[at]) + 1 >= DEPTH_MAX {
        return None;
    }
    let moved = nodes.remove(at);
    if let Body::Group { nodes: within } = &mut nodes[above].body {
        within.push(moved);
    }
    Some(())
}

fn outwards(nodes: &mut Vec<Node>, code: &str) -> Option<()> {
    for at in 0..nodes.len() {
        let Body::Group { nodes: within } = &mut nodes[at].body else { continue };
        if let Some(inner) = place(within, code) {
            let moved = within.remove(inner);
            nodes.insert(at + 1, moved);
            return Some(());
        }
        if outwards(within, code).is_some() {
            return Some(());
        }
    }
    None
}

/// How many levels hang below it.
fn depth(node: &Node) -> usize {
    match &node.body {
        Body::Group { nodes } => 1 + nodes.iter().map(depth).max().unwrap_or_default(),
        Body::Criterion(_) => 0,
    }
}
