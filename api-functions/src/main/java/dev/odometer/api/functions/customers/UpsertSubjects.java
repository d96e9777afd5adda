package dev.odometer.api.functions.customers;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.views.SubjectView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates or updates entries of subjects, all or none; of existing ones only the given fields change. The input is maps
 * rather than records, because a null field clears and an absent one does not.
 */
public final class UpsertSubjects
        implements Function<List<@Nullable Map<String, @Nullable Object>>, List<SubjectView>> {

    private static final int MAX_SUBJECTS = 1000;

    private final Subjects subjects;
    private final Supplier<String> ids;
    private final Clock clock;

    public UpsertSubjects(Subjects subjects, Supplier<String> ids, Clock clock) {
        this.subjects = subjects;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<SubjectView> apply(List<@Nullable Map<String, @Nullable Object>> items) {
        if (items.size() > MAX_SUBJECTS) {
            throw Refusal.invalid("there must be at most " + MAX_SUBJECTS + " subjects: " + items.size());
        }
        List<SubjectPatch> patches = patches(items);
        Map<String, Subject> current = current(patches);
        var views = new ArrayList<SubjectView>();
        for (SubjectPatch patch : patches) {
            Subject patched = patched(patch, current, views.size());
            current.put(patch.key(), patched);
            views.add(SubjectView.of(patched));
        }
        if (!current.isEmpty()) {
            subjects.put(List.copyOf(current.values()));
        }
        return views;
    }

    private static List<SubjectPatch> patches(List<@Nullable Map<String, @Nullable Object>> items) {
        var patches = new ArrayList<SubjectPatch>();
        for (Map<String, @Nullable Object> item : items) {
            try {
                patches.add(new SubjectPatch(item));
            } catch (Refusal refusal) {
                throw refusal.at("[" + patches.size() + "]");
            }
        }
        return patches;
    }

    private Map<String, Subject> current(List<SubjectPatch> patches) {
        var current = new HashMap<String, Subject>();
        List<String> keys = patches.stream().map(SubjectPatch::key).distinct().toList();
        subjects.find(keys).forEach(subject -> current.put(subject.key(), subject));
        return current;
    }

    private Subject patched(SubjectPatch patch, Map<String, Subject> current, int index) {
        Instant now = clock.instant();
        try {
            Subject before = current.get(patch.key());
            return patch.applyTo(before == null ? created(patch.key(), now) : before, now);
        } catch (Refusal refusal) {
            throw refusal.at("[" + index + "]");
        }
    }

    private Subject created(String key, Instant now) {
        return new Subject(ids.get(), key, null, null, null, null, null, Lifecycle.created(now));
    }
}
