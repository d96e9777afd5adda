package dev.odometer.api.functions.customers;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.resource.Text;
import dev.odometer.views.SubjectView;
import java.util.Optional;
import java.util.function.Function;

/** Returns a subject's entry, by id or key. */
public final class GetSubject implements Function<GetSubject.Input, SubjectView> {

    private final Subjects subjects;

    public GetSubject(Subjects subjects) {
        this.subjects = subjects;
    }

    /** The subject. */
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
