package dev.odometer.api.customers;

import dev.odometer.customer.Subjects;
import dev.odometer.refusal.Refusal;
import dev.odometer.resource.Text;
import dev.odometer.view.SubjectView;
import java.util.Optional;
import java.util.function.Function;

/** Shows one subject, by id or key. */
public final class GetSubject implements Function<GetSubject.Input, SubjectView> {

    private final Subjects subjects;

    public GetSubject(Subjects subjects) {
        this.subjects = subjects;
    }

    /** Which subject. */
    public record Input(String subjectIdOrKey) {}

    @Override
    public SubjectView apply(Input input) {
        return Optional.of(input.subjectIdOrKey)
                .filter(Text::isStorable)
                .flatMap(subjects::find)
                .map(SubjectView::of)
                .orElseThrow(() -> missing(input.subjectIdOrKey));
    }

    static Refusal missing(String idOrKey) {
        return Refusal.notFound("subject not found: " + Refusal.quote(idOrKey));
    }
}
