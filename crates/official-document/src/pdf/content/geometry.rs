//! Numbers, points and matrices (ISO 32000-1, 8.3).

use pdf_extract::Object;

/// A transformation of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::pdf) struct Matrix([f32; 6]);

impl Matrix {
    pub fn new(numbers: [f32; 6]) -> Self {
        Self(numbers)
    }

    pub fn read(operands: &[Object]) -> Option<Self> {
        numbers::<6>(operands).map(Self)
    }

    pub fn operands(self) -> Vec<Object> {
        self.0.map(real).to_vec()
    }

    /// This transformation, and then the other.
    pub fn then(self, other: Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let (x_axis, y_axis, origin) = (other.turn(a, b), other.turn(c, d), other.point(e, f));
        Self([x_axis.0, x_axis.1, y_axis.0, y_axis.1, origin.0, origin.1])
    }

    /// Where a point comes to lie.
    pub fn point(self, x: f32, y: f32) -> (f32, f32) {
        let (turned_x, turned_y) = self.turn(x, y);
        (turned_x + self.0[4], turned_y + self.0[5])
    }

    fn turn(self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, ..] = self.0;
        (a * x + c * y, b * x + d * y)
    }
}

pub(super) fn number(object: &Object) -> Option<f32> {
    object.as_float().ok().filter(|number| number.is_finite())
}

/// Exactly `N` finite numbers.
pub(super) fn numbers<const N: usize>(operands: &[Object]) -> Option<[f32; N]> {
    let numbers: Option<Vec<f32>> = operands.iter().map(number).collect();
    numbers?.try_into().ok()
}

pub(super) fn real(number: f32) -> Object {
    Object::Real(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transformations_follow_one_another() {
        let turn = Matrix::new([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]);
        let shift = Matrix::new([1.0, 0.0, 0.0, 1.0, 10.0, 5.0]);
        assert_eq!(turn.then(shift).point(1.0, 0.0), (10.0, 6.0));
        assert_eq!(shift.then(turn).point(1.0, 0.0), (-5.0, 11.0));
    }
}
