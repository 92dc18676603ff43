use super::*;
use crate::people::agency::boundary::geometry::Ring;

fn square(west: f64, south: f64, side: f64) -> Vec<Polygon> {
    let (east, north) = (west + side, south + side);
    vec![vec![vec![(west, south), (east, south), (east, north), (west, north), (west, south)]]]
}

#[test]
fn neighbours_keep_their_common_border() {
    // The right edge of one is the left edge of the other, with a bend in it.
    let left = vec![vec![vec![(105.0, 10.0), (105.5, 10.0), (105.52, 10.25), (105.5, 10.5), (105.0, 10.5), (105.0, 10.0)]]];
    let right = vec![vec![vec![(105.5, 10.0), (106.0, 10.0), (106.0, 10.5), (105.5, 10.5), (105.52, 10.25), (105.5, 10.0)]]];
    let places = [left, right].map(|area| Place { area, at: None, letters: 2 });
    let paper = Paper::of(&places).expect("paper");
    let rings: Vec<Vec<Point>> = places.iter().map(|place| paper.rings(&place.area, 1).remove(0)).collect();
    let shared = rings[0].iter().filter(|point| rings[1].contains(point)).count();
    assert_eq!(shared, 3, "{rings:?}");
    let picture = draw(&places);
    let one = picture.outlines[0].as_ref().expect("an outline");
    assert!(one.path.starts_with('M') && one.path.ends_with('z') && one.has_room);
    assert!(one.x < picture.outlines[1].as_ref().expect("another").x, "west is left");
}

#[test]
fn a_point_on_the_line_of_its_neighbours_is_left_out() {
    assert_eq!(plain([(0, 0), (5, 0), (10, 0), (10, 0), (10, 10), (0, 10), (0, 0)].into_iter()).len(), 4);
    assert_eq!(plain([(0, 0), (10, 0), (0, 0)].into_iter()).len(), 1, "there and back is nothing");
    assert_eq!(path(&[(1, 2), (4, 2), (4, -3)]), "M1 2l3 0 0-5z");
}

#[test]
fn what_is_too_small_or_has_no_boundary_is_a_square_where_it_lies() {
    let big = Place { area: square(105.0, 10.0, 1.0), at: None, letters: 2 };
    let tiny = Place { area: square(105.5, 10.5, 0.000_01), at: None, letters: 2 };
    let bare = Place { area: Vec::new(), at: Some((105.25, 10.25)), letters: 2 };
    let unknown = Place { area: Vec::new(), at: None, letters: 2 };
    let picture = draw(&[big, tiny, bare, unknown]);
    let drawn: Vec<bool> = picture.outlines.iter().map(Option::is_some).collect();
    assert_eq!(drawn, [true, true, true, false]);
    assert!(picture.outlines[1].as_ref().is_some_and(|one| one.path.contains('h') && !one.has_room));
    assert_eq!(draw(&[]).outlines, []);
}

#[test]
fn any_amount_of_detail_makes_a_small_picture() {
    // A hundred circles of three thousand points each.
    let circle = |at: i32| {
        let (x, y) = (105.0 + f64::from(at % 10) * 0.1, 10.0 + f64::from(at / 10) * 0.1);
        let mut ring: Ring = (0..3000)
            .map(|k| f64::from(k) * std::f64::consts::TAU / 3000.0)
            .map(|a| (x + 0.05 * a.cos(), y + 0.05 * a.sin()))
            .collect();
        ring.push(ring[0]);
        Place { area: vec![vec![ring]], at: None, letters: 2 }
    };
    let picture = draw(&(0..100).map(circle).collect::<Vec<_>>());
    let bytes: usize = picture.outlines.iter().flatten().map(|one| one.path.len()).sum();
    assert!(bytes < 60_000, "{bytes}");
}

#[test]
fn letters_stand_where_they_fit() {
    // A horseshoe, open to the south: its middle is outside.
    let shoe = [(0, 0), (200, 0), (200, 200), (140, 200), (140, 60), (60, 60), (60, 200), (0, 200)];
    let (x, y) = place_for_letters(&shoe, 3).expect("room");
    assert!(holds(&shoe, (x, y)) && holds(&shoe, (x - 21, y + 8)) && holds(&shoe, (x + 21, y - 8)), "{x} {y}");
    assert!(!holds(&shoe, (100, 150)) && holds(&shoe, (30, 150)) && !holds(&shoe, (-5, 5)) && !holds(&shoe, (205, 5)));
    assert_eq!(place_for_letters(&[(0, 0), (300, 0), (300, 15), (0, 15)], 3), None, "too narrow");
}
