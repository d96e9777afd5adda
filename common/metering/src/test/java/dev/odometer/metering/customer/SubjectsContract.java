package dev.odometer.metering.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.resource.Lifecycle;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Subjects}; one subclass per store. */
public abstract class SubjectsContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Subjects subjects = empty();

    protected abstract Subjects empty();

    @BeforeEach
    void startEmpty() {
        subjects = empty();
    }

    private static Subject subject(String id, String key, String name) {
        return new Subject(id, key, name, Map.of("a", "b"), "cus_1", NOW, NOW.plusSeconds(60), Lifecycle.created(NOW));
    }

    @Test
    void findsASubjectByIdOrKey() {
        subjects.put(List.of(subject("2", "b", "B"), subject("1", "a", "A")));

        assertThat(subjects.list(10, 0)).containsExactly(subject("1", "a", "A"), subject("2", "b", "B"));
        assertThat(subjects.find("a")).contains(subject("1", "a", "A"));
        assertThat(subjects.find("2")).contains(subject("2", "b", "B"));
        assertThat(subjects.find(List.of("b", "c"))).containsExactly(subject("2", "b", "B"));
    }

    @Test
    void replacesAnEntryWithTheSameKey() {
        subjects.put(List.of(subject("1", "a", "A")));

        subjects.put(List.of(subject("1", "a", "Other")));

        assertThat(subjects.list(10, 0)).containsExactly(subject("1", "a", "Other"));
    }

    @Test
    void addsMissingEntriesOnly() {
        subjects.put(List.of(subject("1", "a", "A")));

        subjects.addMissing(List.of(subject("9", "a", "Other"), subject("2", "b", "B")));

        assertThat(subjects.list(10, 0)).containsExactly(subject("1", "a", "A"), subject("2", "b", "B"));
    }

    @Test
    void listsAPartInTheOrderOfKeys() {
        subjects.put(List.of(subject("2", "b", "B"), subject("1", "a", "A"), subject("3", "c", "C")));

        assertThat(subjects.list(2, 0)).containsExactly(subject("1", "a", "A"), subject("2", "b", "B"));
        assertThat(subjects.list(2, 2)).containsExactly(subject("3", "c", "C"));
        assertThat(subjects.list(2, 4_000_000_000L)).isEmpty();
    }

    @Test
    void removesByIdOrKey() {
        subjects.put(List.of(subject("1", "a", "A"), subject("2", "b", "B")));

        assertThat(subjects.remove("a")).isTrue();
        assertThat(subjects.remove("2")).isTrue();
        assertThat(subjects.remove("a")).isFalse();
        assertThat(subjects.list(10, 0)).isEmpty();
    }
}
