"""Other names for our slips, by which people label the same mistakes in workings.

A name is here if ours is the same mistake, or the only kind of it that we name. What also means
others of ours, such as lost_sign for moved_sign, is no synonym.
"""

from __future__ import annotations

_NAMES = {
    "split_square": "power_of_sum square_of_sum missing_middle_term forgot_middle_term",
    "middle_term": "wrong_middle_term",
    "split_root": "root_of_sum added_radicands",
    "moved_sign": "moved_without_sign",
    "half_distributed": "distributive partial_distribution forgot_bracket_factor",
    "inequality_not_turned": "not_flipped_inequality inequality_not_flipped",
    "lost_root": "divided_by_variable lost_solution forgot_plus_minus",
    "chain_rule": "forgot_chain_rule",
    "product_rule": "forgot_product_rule",
    "quotient_rule": "forgot_quotient_rule",
    "cancelled_term": "cancelled_terms invalid_cancelling",
    "factor_sign": "wrong_factoring",
    "entry_by_entry": "elementwise_product entrywise_product",
    "minutes_as_decimals": "time_as_decimal",
    "integral_rule": "wrong_antiderivative",
    "half_forgotten": "radius_diameter diameter_as_radius diameter_for_radius",
    "not_inverted": "inverted_fraction did_not_invert",
    "negative_square": "squared_negative",
    "power_of_product": "coefficient_not_raised forgot_power_of_coefficient",
    "decimal_place": "decimal_point",
    "with_replacement": "forgot_replacement ignored_no_replacement",
    "order_counted": "order_matters counted_order double_counting",
    "degrees_radians": "radians_degrees wrong_angle_mode",
    "off_by_one": "off_by_one_index wrong_index",
    "root_forgotten": "forgot_root forgot_square_root",
}
SYNONYMS = {
    name: frozenset(slip for slip, others in _NAMES.items() if name in others.split())
    for names in _NAMES.values()
    for name in names.split()
}
