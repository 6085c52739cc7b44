"""Problems in words: a formula with the numbers of the statement put in."""

from tutor.grading.solver.step import Topic
from tutor.grading.solver.topics.word_problems.angle_problems import add_angles, find_angle
from tutor.grading.solver.topics.word_problems.chance_problems import count_choices, find_chance
from tutor.grading.solver.topics.word_problems.circle_equations import find_circle
from tutor.grading.solver.topics.word_problems.data_problems import describe_data
from tutor.grading.solver.topics.word_problems.equation_stories import (
    set_up_equation,
    take_fraction,
)
from tutor.grading.solver.topics.word_problems.formula_problems import apply_law, measure_figure
from tutor.grading.solver.topics.word_problems.function_problems import (
    evaluate,
    find_vertex,
    invert,
)
from tutor.grading.solver.topics.word_problems.further_formulas import (
    count_successes,
    find_space_diagonal,
    find_sum_of_dice,
    find_triangle_area,
)
from tutor.grading.solver.topics.word_problems.general_terms import find_general_term
from tutor.grading.solver.topics.word_problems.line_names import name_formula, name_texts
from tutor.grading.solver.topics.word_problems.line_problems import (
    find_line,
    measure_segment,
    meet_axis,
)
from tutor.grading.solver.topics.word_problems.named_figures import (
    apply_pythagoras_by_names,
    find_parallel_side,
    measure_by_height,
)
from tutor.grading.solver.topics.word_problems.number_tasks import (
    find_duration,
    meet_again,
    round_number,
    simplify_ratio,
)
from tutor.grading.solver.topics.word_problems.orders import find_middle, put_in_order
from tutor.grading.solver.topics.word_problems.percent_problems import halve, work_with_percents
from tutor.grading.solver.topics.word_problems.ratio_problems import (
    convert,
    measure_on_map,
    share,
    share_known_part,
    take_in_proportion,
)
from tutor.grading.solver.topics.word_problems.sequence_problems import find_member_or_sum
from tutor.grading.solver.topics.word_problems.short_stories import calculate_once
from tutor.grading.solver.topics.word_problems.triangle_problems import (
    apply_pythagoras,
    use_sine_or_cosine,
    use_triangle_rules,
)
from tutor.grading.solver.topics.word_problems.vector_problems import (
    combine_vectors,
    find_determinant,
    work_with_vectors,
)

__all__ = ["WORD_PROBLEMS", "name_formula", "name_texts"]

WORD_PROBLEMS: tuple[Topic, ...] = (
    *(set_up_equation, take_fraction, put_in_order, find_middle),
    *(
        work_with_percents,
        halve,
        share,
        share_known_part,
        measure_on_map,
        take_in_proportion,
        convert,
    ),
    *(apply_pythagoras, use_sine_or_cosine, use_triangle_rules, find_angle, add_angles),
    *(apply_pythagoras_by_names, measure_by_height, find_parallel_side),
    *(measure_figure, apply_law),
    *(describe_data, find_chance, count_choices, find_general_term, find_member_or_sum),
    *(find_circle, measure_segment, find_line, meet_axis, invert, find_vertex, evaluate),
    *(combine_vectors, work_with_vectors, find_determinant),
    *(round_number, meet_again, simplify_ratio, find_duration, calculate_once),
    *(find_sum_of_dice, count_successes, find_space_diagonal, find_triangle_area),
)
