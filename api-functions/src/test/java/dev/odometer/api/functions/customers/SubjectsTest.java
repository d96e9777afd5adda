package dev.odometer.api.functions.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.views.SubjectView;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SubjectsTest {

    private final ApiFixture fixture = new ApiFixture();
    private final Clock later = Clock.offset(fixture.clock, Duration.ofHours(1));
    private final UpsertSubjects upsert = new UpsertSubjects(fixture.subjects, fixture.ids, later);
    private final GetSubject getSubject = new GetSubject(fixture.subjects);

    private SubjectView put(Map<String, @Nullable Object> item) {
        return upsert.apply(List.of(item)).get(0);
    }

    private List<SubjectView> put(Map<String, @Nullable Object> first, @Nullable Map<String, @Nullable Object> second) {
        return upsert.apply(Arrays.asList(first, second));
    }

    @Test
    void createsASubject() {
        SubjectView view = put(Map.of("key", "acme", "displayName", "Acme", "metadata", Map.of("a", "b")));

        assertThat(view.displayName()).isEqualTo("Acme");
        assertThat(view.metadata()).containsExactly(Map.entry("a", "b"));
        assertThat(getSubject.apply(new GetSubject.Input("acme"))).isEqualTo(view);
        assertThat(getSubject.apply(new GetSubject.Input(view.id()))).isEqualTo(view);
    }

    @Test
    void changesOnlyTheGivenFields() {
        fixture.subject("acme", "Acme");

        SubjectView view = put(Map.of("key", "acme", "stripeCustomerId", "cus_1"));

        assertThat(view.displayName()).isEqualTo("Acme");
        assertThat(view.stripeCustomerId()).isEqualTo("cus_1");
        assertThat(view.createdAt()).isEqualTo(ApiFixture.NOW);
        assertThat(view.updatedAt()).isEqualTo(later.instant());
    }

    @Test
    void nullClearsAField() {
        fixture.subject("acme", "Acme");
        var fields = new HashMap<String, @Nullable Object>(Map.of("key", "acme"));
        fields.put("displayName", null);

        assertThat(put(fields).displayName()).isNull();
    }

    @Test
    void keepsTheCurrentPeriod() {
        put(Map.of("key", "acme", "currentPeriodStart", "2026-02-01T00:00:00Z"));

        SubjectView view = put(Map.of("key", "acme", "currentPeriodEnd", "2026-03-01T01:00:00+01:00"));

        assertThat(view.currentPeriodStart()).isEqualTo("2026-02-01T00:00:00Z");
        assertThat(view.currentPeriodEnd()).isEqualTo("2026-03-01T00:00:00Z");
        assertThatThrownBy(() -> put(Map.of("key", "acme", "currentPeriodEnd", "soon")))
                .hasMessage("[0]: currentPeriodEnd must be an RFC 3339 timestamp: soon");
        assertThatThrownBy(() -> put(Map.of("key", "acme", "currentPeriodEnd", "2026-01-01T00:00:00Z")))
                .hasMessageStartingWith("[0]: currentPeriodEnd must not be before currentPeriodStart");
    }

    @Test
    void aRepeatedKeyIsOneSubject() {
        List<SubjectView> views =
                put(Map.of("key", "acme", "displayName", "a"), Map.of("key", "acme", "stripeCustomerId", "cus_1"));

        assertThat(views.get(1).displayName()).isEqualTo("a");
        assertThat(fixture.subjects.list(10, 0)).hasSize(1);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(null, "[1]: a subject must be an object"),
                Arguments.of(Map.of(), "[1]: key is required"),
                Arguments.of(Collections.singletonMap("key", null), "[1]: key is required"),
                Arguments.of(Map.of("key", 5), "[1]: key must be a string"),
                Arguments.of(Map.of("key", ""), "[1]: key must not be empty"),
                Arguments.of(Map.of("key", "a", "displayName", List.of()), "[1]: displayName must be a string"),
                Arguments.of(Map.of("key", "a", "metadata", "x"), "[1]: metadata must be an object"),
                Arguments.of(Map.of("key", "a", "metadata", Map.of("b", 1)), "[1]: metadata.b must be a string"),
                Arguments.of(
                        Map.of("key", "a", "stripeCustomerId", "x"), "[1]: stripeCustomerId must start with cus_: x"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void oneInvalidSubjectRefusesAll(@Nullable Map<String, @Nullable Object> invalid, String sentence) {
        assertThatThrownBy(() -> put(Map.of("key", "good"), invalid))
                .isInstanceOf(Refusal.class)
                .hasMessage(sentence);
        assertThat(fixture.subjects.list(10, 0)).isEmpty();
    }

    @Test
    void acceptsAtMostAThousandSubjects() {
        var many = Collections.nCopies(1001, Map.<String, @Nullable Object>of("key", "a"));

        assertThatThrownBy(() -> upsert.apply(List.copyOf(many)))
                .hasMessage("there must be at most 1000 subjects: 1001");
        assertThat(upsert.apply(List.of())).isEmpty();
    }

    @Test
    void listsByKey() {
        fixture.subject("b", null);
        fixture.subject("a", null);

        assertThat(new ListSubjects(fixture.subjects).apply(new ListSubjects.Input(null, null)))
                .extracting(SubjectView::key)
                .containsExactly("a", "b");
    }

    @Test
    void listsThePageThatIsAskedFor() {
        List.of("c", "a", "b").forEach(key -> fixture.subject(key, null));
        var list = new ListSubjects(fixture.subjects);

        assertThat(list.apply(new ListSubjects.Input(2, 2)))
                .extracting(SubjectView::key)
                .containsExactly("c");
        assertThat(list.apply(new ListSubjects.Input(null, 1)))
                .extracting(SubjectView::key)
                .containsExactly("a");
        assertThatThrownBy(() -> list.apply(new ListSubjects.Input(1, 1001)))
                .hasMessage("pageSize must be 1 to 1000: 1001");
    }

    @Test
    void refusesAListThatIsTooLongInsteadOfCuttingItOff() {
        var list = new ListSubjects(fixture.subjects);
        var all = new ListSubjects.Input(null, null);
        IntStream.range(0, 10_000).forEach(i -> fixture.subject("subject-" + i, null));

        assertThat(list.apply(all)).hasSize(10_000);
        fixture.subject("one more", null);
        assertThatThrownBy(() -> list.apply(all))
                .hasMessage("the list has more than 10000 entries; use page and pageSize (at most 1000)");
    }

    @Test
    void aDeletedSubjectIsNotFound() {
        fixture.subject("acme", null);
        var delete = new DeleteSubject(fixture.subjects);

        delete.accept(new DeleteSubject.Input("acme"));

        assertThatThrownBy(() -> getSubject.apply(new GetSubject.Input("acme"))).hasMessage("subject not found: acme");
        assertThatThrownBy(() -> delete.accept(new DeleteSubject.Input("acme"))).hasMessage("subject not found: acme");
        assertThatThrownBy(() -> delete.accept(new DeleteSubject.Input("\0"))).isInstanceOf(Refusal.class);
    }
}
