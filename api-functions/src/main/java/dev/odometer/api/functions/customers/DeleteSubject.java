package dev.odometer.api.functions.customers;

import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.resource.Text;
import java.util.function.Consumer;

/** Deletes a subject's entry; its usage and its customer are kept. */
public final class DeleteSubject implements Consumer<DeleteSubject.Input> {

    private final Subjects subjects;

    public DeleteSubject(Subjects subjects) {
        this.subjects = subjects;
    }

    /** The subject. */
    public record Input(String subjectIdOrKey) {}

    @Override
    public void accept(Input input) {
        if (!Text.isStorable(input.subjectIdOrKey) || !subjects.remove(input.subjectIdOrKey)) {
            throw GetSubject.missing(input.subjectIdOrKey);
        }
    }
}
