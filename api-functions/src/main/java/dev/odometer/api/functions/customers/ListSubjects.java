package dev.odometer.api.functions.customers;

import dev.odometer.api.functions.list.AllOrPage;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.views.SubjectView;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists entries of subjects as a bare array, by key: all if they are few, or the page that is asked for. */
public final class ListSubjects implements Function<ListSubjects.Input, List<SubjectView>> {

    private final Subjects subjects;

    public ListSubjects(Subjects subjects) {
        this.subjects = subjects;
    }

    /**
     * The part of the list.
     *
     * @param page from 1; all subjects when absent, as is {@code pageSize}
     * @param pageSize 1 to 1,000; 100 when absent
     */
    public record Input(@Nullable Integer page, @Nullable Integer pageSize) {}

    @Override
    public List<SubjectView> apply(Input input) {
        AllOrPage part = AllOrPage.of(input.page, input.pageSize);
        List<Subject> found = part.checked(subjects.list(part.limit(), part.offset()));
        return found.stream().map(SubjectView::of).toList();
    }
}
