package dev.odometer.metering.pricing;

import static dev.odometer.metering.pricing.PlanExamples.NOW;
import static dev.odometer.metering.pricing.PlanExamples.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Plans}; one subclass per store. */
public abstract class PlansContract {

    private static final Instant LATER = NOW.plusSeconds(60);

    private Plans plans = new InMemoryPlans();

    protected abstract Plans empty();

    @BeforeEach
    void startEmpty() {
        plans = empty();
    }

    private static void assertRefused(RefusalKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }

    private Plan published(String id, String key, Instant at) {
        return plans.publish(plans.add(draft(id, key)), at);
    }

    @Test
    void returnsEachTypeOfPriceAndTemplateAsItWasAdded() {
        Plan everything = draft("p1", "pro", PlanExamples.everything());

        assertThat(plans.add(everything)).isEqualTo(everything);

        assertThat(plans.find("p1")).contains(everything);
        assertThat(plans.find("\0")).isEmpty();
    }

    @Test
    void storesAPlanWithoutPhases() {
        Plan bare = draft("p1", "pro", PlanExamples.monthly());

        plans.add(bare);

        assertThat(plans.find("p1")).contains(bare);
    }

    @Test
    void numbersTheVersionsOfAKey() {
        published("p1", "pro", NOW);

        assertThat(plans.add(draft("p2", "pro")).version()).isEqualTo(2);
        assertThat(plans.add(draft("p3", "other")).version()).isEqualTo(1);
    }

    @Test
    void doesNotUseTheNumberOfADeletedVersionAgain() {
        plans.add(draft("p1", "pro"));
        plans.delete("p1", LATER);

        assertThat(plans.add(draft("p2", "pro")).version()).isEqualTo(2);
    }

    @Test
    void refusesASecondDraft() {
        plans.add(draft("p1", "pro"));

        assertThatThrownBy(() -> plans.add(draft("p2", "pro")))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "only a single draft version is allowed for Plan; update, publish or delete the draft: pro");

        assertThat(plans.find("p2")).isEmpty();
    }

    @Test
    void replacesADraft() {
        Plan draft = plans.add(draft("p1", "pro"));
        Plan revised = draft.revised(
                new Label("pro", "New", "Text", Map.of("a", "b")),
                PlanExamples.monthly(PlanExamples.phase("only", null)),
                LATER);

        plans.update(revised);

        assertThat(plans.find("p1")).contains(revised);
    }

    @Test
    void refusesToReplaceAPublishedOrMissingVersion() {
        Plan active = published("p1", "pro", NOW);
        plans.add(draft("p2", "pro"));
        plans.delete("p2", LATER);

        assertRefused(RefusalKind.INVALID, () -> plans.update(active.revised(active.label(), active.terms(), LATER)));
        assertRefused(RefusalKind.NOT_FOUND, () -> plans.update(draft("p2", "pro")));
        assertRefused(RefusalKind.NOT_FOUND, () -> plans.update(draft("p3", "pro")));
    }

    @Test
    void archivesTheActiveVersionWhenTheNextIsPublished() {
        published("p1", "pro", NOW);

        Plan second = published("p2", "pro", LATER);

        assertThat(second.effective()).isEqualTo(new Plan.Effective(LATER, null));
        assertThat(second.updatedAt()).isEqualTo(LATER);
        assertThat(plans.find("p2")).contains(second);
        assertThat(plans.find("p1").orElseThrow().effective()).isEqualTo(new Plan.Effective(NOW, LATER));
    }

    @Test
    void publishesThoughTheClockWentBack() {
        published("p1", "pro", LATER);

        published("p2", "pro", NOW);

        assertThat(plans.find("p1").orElseThrow().status(LATER)).isEqualTo(Plan.Status.ARCHIVED);
        assertThat(plans.find("p2").orElseThrow().status(LATER)).isEqualTo(Plan.Status.ACTIVE);
    }

    @Test
    void doesNotPublishADraftThatChangedAfterTheCheck() {
        Plan checked = plans.add(draft("p1", "pro"));
        plans.update(checked.revised(checked.label(), PlanExamples.monthly(), LATER));

        assertRefused(RefusalKind.CONFLICT, () -> plans.publish(checked, LATER));

        assertThat(plans.find("p1").orElseThrow().effective()).isNull();
    }

    @Test
    void publishesOnce() {
        Plan active = published("p1", "pro", NOW);

        assertRefused(RefusalKind.INVALID, () -> plans.publish(active, LATER));
        assertRefused(RefusalKind.NOT_FOUND, () -> plans.publish(draft("p2", "pro"), LATER));
    }

    @Test
    void archivesTheActiveVersionOnly() {
        published("p1", "pro", NOW);
        plans.add(draft("p2", "pro"));

        Plan archived = plans.archive("p1", LATER);

        assertThat(archived.status(LATER)).isEqualTo(Plan.Status.ARCHIVED);
        assertThat(plans.find("p1")).contains(archived);
        assertRefused(RefusalKind.INVALID, () -> plans.archive("p1", LATER));
        assertRefused(RefusalKind.INVALID, () -> plans.archive("p2", LATER));
        assertRefused(RefusalKind.NOT_FOUND, () -> plans.archive("p3", LATER));
    }

    @Test
    void deletesDraftsAndArchivedVersions() {
        published("p1", "pro", NOW);
        plans.add(draft("p2", "pro"));

        assertRefused(RefusalKind.INVALID, () -> plans.delete("p1", LATER));
        plans.archive("p1", LATER);
        plans.delete("p1", LATER);
        plans.delete("p2", LATER);

        assertThat(plans.find("p1").orElseThrow().deletedAt()).isEqualTo(LATER);
        assertThat(plans.find("p2").orElseThrow().deletedAt()).isEqualTo(LATER);
        assertRefused(RefusalKind.NOT_FOUND, () -> plans.delete("p2", LATER));
    }

    @Test
    void findsAVersionByKey() {
        published("p1", "pro", NOW);
        published("p2", "pro", LATER);
        plans.add(draft("p3", "pro"));

        assertThat(found(new Plans.Choice.Active(LATER))).isEqualTo("p2");
        assertThat(found(new Plans.Choice.Active(NOW))).isEqualTo("p1");
        assertThat(found(new Plans.Choice.Latest())).isEqualTo("p3");
        assertThat(found(new Plans.Choice.Numbered(1))).isEqualTo("p1");
        plans.delete("p3", LATER);
        assertThat(found(new Plans.Choice.Latest())).isEqualTo("p2");
        assertThat(plans.findByKey("pro", new Plans.Choice.Numbered(3))).isEmpty();
        assertThat(plans.findByKey("\0", new Plans.Choice.Latest())).isEmpty();
    }

    private String found(Plans.Choice choice) {
        return plans.findByKey("pro", choice).map(Plan::id).orElseThrow();
    }

    private void addList() {
        published("p1", "b", NOW);
        published("p2", "b", LATER);
        plans.add(draft("p3", "b"));
        plans.add(draft("p4", "a", PlanExamples.everything()));
        plans.delete("p4", LATER);
        plans.add(draft("p5", "a", PlanExamples.everything()));
    }

    @Test
    void listsByIdsKeysOrVersions() {
        addList();

        assertThat(listed(Set.of(), Set.of(), Map.of())).containsExactly("p1", "p2", "p3", "p5");
        assertThat(listed(Set.of("p1", "p4", "\0"), Set.of(), Map.of())).containsExactly("p1");
        assertThat(listed(Set.of("p1"), Set.of("a", "\0"), Map.of())).containsExactly("p1", "p5");
        assertThat(listed(Set.of(), Set.of("a"), Map.of("b", Set.of(2, 3, 9), "\0", Set.of(1))))
                .containsExactly("p2", "p3", "p5");
        assertThat(listed(Set.of(), Set.of("\0"), Map.of())).isEmpty();
    }

    private List<String> listed(Set<String> ids, Set<String> keys, Map<String, Set<Integer>> versions) {
        return ids(new PlanSearch(
                ids,
                keys,
                versions,
                Set.of(),
                Set.of(),
                false,
                LATER,
                PlanSearch.Order.ID,
                false,
                new PageRequest(1, 9)));
    }

    private List<String> ids(PlanSearch search) {
        return plans.list(search).items().stream().map(Plan::id).toList();
    }

    @Test
    void listsByStatusAtATime() {
        addList();

        assertThat(listed(LATER, Plan.Status.ACTIVE)).containsExactly("p2");
        assertThat(listed(NOW, Plan.Status.ACTIVE)).containsExactly("p1");
        assertThat(listed(LATER, Plan.Status.ARCHIVED)).containsExactly("p1");
        assertThat(listed(NOW, Plan.Status.SCHEDULED)).containsExactly("p2");
        assertThat(listed(LATER, Plan.Status.DRAFT, Plan.Status.ARCHIVED)).containsExactly("p1", "p3", "p5");
    }

    private List<String> listed(Instant at, Plan.Status... statuses) {
        return ids(new PlanSearch(
                Set.of(),
                Set.of(),
                Map.of(),
                Set.of(statuses),
                Set.of(),
                false,
                at,
                PlanSearch.Order.ID,
                false,
                new PageRequest(1, 9)));
    }

    @Test
    void listsPagesInOrder() {
        addList();

        assertThat(ids(page(PlanSearch.Order.KEY, false, 1))).containsExactly("p4", "p5", "p1");
        assertThat(ids(page(PlanSearch.Order.KEY, false, 2))).containsExactly("p2", "p3");
        assertThat(ids(page(PlanSearch.Order.VERSION, true, 1))).containsExactly("p3", "p5", "p2");
        assertThat(ids(page(PlanSearch.Order.UPDATED_AT, true, 1))).containsExactly("p4", "p2", "p1");
        assertThat(ids(page(PlanSearch.Order.CREATED_AT, true, 1))).containsExactly("p5", "p4", "p3");
        assertThat(plans.list(page(PlanSearch.Order.ID, true, 2)).totalCount()).isEqualTo(5);
    }

    private static PlanSearch page(PlanSearch.Order order, boolean descending, int page) {
        return new PlanSearch(
                Set.of(),
                Set.of(),
                Map.of(),
                Set.of(),
                Set.of("USD", "KWD"),
                true,
                LATER,
                order,
                descending,
                new PageRequest(page, 3));
    }
}
