package dev.odometer.api.functions.customers;

import dev.odometer.metering.customer.Subjects;
import dev.odometer.views.SubjectView;
import java.util.List;
import java.util.function.Supplier;

/** Lists all entries of subjects, by key. */
public final class ListSubjects implements Supplier<List<SubjectView>> {

    private final Subjects subjects;

    public ListSubjects(Subjects subjects) {
        this.subjects = subjects;
    }

    @Override
    public List<SubjectView> get() {
        return subjects.list().stream().map(SubjectView::of).toList();
    }
}
