package dev.odometer.metering.invoice;

import static dev.odometer.metering.invoice.InvoiceExamples.manual;
import static dev.odometer.metering.invoice.InvoiceExamples.profile;
import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.customer.Address;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.invoice.BillingProfiles.Assignment;
import dev.odometer.metering.invoice.BillingProfiles.AssignmentSearch;
import dev.odometer.metering.invoice.BillingProfiles.CustomerOverride;
import dev.odometer.metering.invoice.BillingProfiles.Order;
import dev.odometer.metering.invoice.BillingProfiles.Search;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.PageRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link BillingProfiles}; one subclass per store. */
public abstract class BillingProfilesContract extends InvoiceFixture {

    private static final PageRequest FIRST = new PageRequest(1, 10);
    private static final Instant LATER = START.plus(Duration.ofDays(3));
    private static final String INITIAL = BillingProfile.INITIAL_ID;

    private BillingProfiles profiles() {
        return stores.profiles();
    }

    private List<String> ids(boolean includeArchived, Order order, boolean descending) {
        return profiles().list(new Search(includeArchived, order, descending, FIRST)).items().stream()
                .map(BillingProfile::id)
                .toList();
    }

    @Test
    void startsWithADefaultProfile() {
        BillingProfile initial = profiles().defaultProfile();

        assertThat(initial).isEqualTo(BillingProfile.initial(initial.createdAt()));
        assertThat(profiles().find(INITIAL)).contains(initial);
        assertThat(profiles().find("\0")).isEmpty();
    }

    @Test
    void readsWhatWasAdded() {
        BillingProfile simple = profile("p1", false, Workflow.DEFAULT);
        BillingProfile full = new BillingProfile(
                "p2",
                "Full",
                null,
                Map.of(),
                false,
                new Supplier(
                        null, "Supplier", null, new Address("DE", "10115", null, "Berlin", "Street 1", null, null)),
                manual(),
                new TaxRate(TaxRate.Category.REVERSE_CHARGE, BigDecimal.ZERO, "Reverse charge"),
                Lifecycle.created(START));

        profiles().add(simple);
        profiles().add(full);

        assertThat(profiles().find("p1")).contains(simple);
        assertThat(profiles().find("p2")).contains(full);
        assertThat(profiles().defaultProfile().id()).isEqualTo(INITIAL);
    }

    @Test
    void hasOneDefault() {
        profiles().add(profile("p1", true, Workflow.DEFAULT));
        assertThat(profiles().defaultProfile().id()).isEqualTo("p1");
        assertThat(profiles().find(INITIAL).orElseThrow().isDefault()).isFalse();

        profiles().change(INITIAL, one -> one.replacedBy(profile("x", true, manual()), LATER));

        assertThat(profiles().defaultProfile().id()).isEqualTo(INITIAL);
        assertThat(profiles().defaultProfile().workflow()).isEqualTo(manual());
        assertThat(profiles().find("p1").orElseThrow().isDefault()).isFalse();
        assertThat(ids(false, Order.DEFAULT, true)).containsExactly(INITIAL, "p1");
    }

    @Test
    void aDefaultProfileIsNotDeleted() {
        Refusal refusal = refusal(() -> profiles().change(INITIAL, one -> one.deleted(LATER)));

        assertThat(refusal.violations())
                .extracting(Refusal.Violation::code)
                .containsExactly("default_profile_cannot_be_deleted");
        assertThat(profiles().defaultProfile().isDeleted()).isFalse();
    }

    @Test
    void listsInOrderWithoutArchivedOnes() {
        profiles().add(profile("p2", false, Workflow.DEFAULT));
        profiles().add(profile("p1", false, Workflow.DEFAULT));
        profiles().change("p2", one -> one.deleted(LATER));

        assertThat(ids(false, Order.NAME, false)).containsExactly(INITIAL, "p1");
        assertThat(ids(true, Order.NAME, true)).containsExactly("p2", "p1", INITIAL);
        assertThat(ids(true, Order.UPDATED_AT, false)).containsSubsequence("p1", "p2");
        assertThat(ids(true, Order.CREATED_AT, true))
                .containsSubsequence("p2", "p1")
                .hasSize(3);
        assertThat(profiles().find("p2").orElseThrow().isDeleted()).isTrue();
        assertThat(refusal(() -> profiles().change("p2", one -> one)).kind()).isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(refusal(() -> profiles().change("none", one -> one)).kind()).isEqualTo(RefusalKind.NOT_FOUND);
    }

    @Test
    void keepsAProfileThatACustomerHas() {
        profiles().add(profile("p1", false, Workflow.DEFAULT));
        profiles().override(override("p1", null));

        Refusal refusal = refusal(() -> profiles().change("p1", one -> one.deleted(LATER)));

        assertThat(refusal.violations()).extracting(Refusal.Violation::code).containsExactly("profile_referenced");
        profiles().deleteOverride(ACME.id());
        assertThat(profiles().change("p1", one -> one.deleted(LATER)).isDeleted())
                .isTrue();
    }

    private static CustomerOverride override(@Nullable String profileId, @Nullable TaxRate tax) {
        return new CustomerOverride(ACME.id(), profileId, tax, START, START);
    }

    @Test
    void replacesAnOverrideAndKeepsWhenItWasMade() {
        var tax = new TaxRate(TaxRate.Category.STANDARD, new BigDecimal("7"), null);
        profiles().override(override(null, tax));

        assertThat(profiles().overrides(List.of(ACME.id(), "none"))).isEqualTo(Map.of(ACME.id(), override(null, tax)));
        profiles().override(new CustomerOverride(ACME.id(), INITIAL, null, LATER, LATER));
        assertThat(profiles().overrides(List.of(ACME.id())).get(ACME.id()))
                .isEqualTo(new CustomerOverride(ACME.id(), INITIAL, null, START, LATER));
        profiles().deleteOverride(ACME.id());
        profiles().deleteOverride(ACME.id());
        assertThat(profiles().overrides(List.of(ACME.id()))).isEmpty();
    }

    @Test
    void refusesAnOverrideOfUnknownOnes() {
        profiles().add(profile("p1", false, Workflow.DEFAULT));
        profiles().change("p1", one -> one.deleted(LATER));

        assertThat(refusal(() -> profiles().override(override("p1", null))).violations())
                .extracting(Refusal.Violation::field, Refusal.Violation::code)
                .containsExactly(tuple("billingProfileId", "profile_not_found"));
        assertThat(refusal(() -> profiles().override(new CustomerOverride("none", null, null, START, START)))
                        .kind())
                .isEqualTo(RefusalKind.NOT_FOUND);
        stores.subscribed().house().customers().replace(ACME.deleted(LATER));
        assertThat(refusal(() -> profiles().override(override(null, null))).kind())
                .isEqualTo(RefusalKind.PRECONDITION_FAILED);
    }

    @Test
    void findsTheProfilesOfCustomers() {
        stores.subscribed().house().customers().add(Examples.customer("beta", "s2"));
        profiles().add(profile("p1", false, Workflow.DEFAULT));
        profiles().override(override("p1", null));

        assertThat(assigned(search(Set.of(), false, true, null)))
                .extracting(one -> one.customerId() + " " + one.profile().id())
                .containsExactly("c-acme p1", "c-beta " + INITIAL);
        assertThat(assigned(search(Set.of("p1"), false, true, null))).hasSize(1);
        assertThat(assigned(search(Set.of(INITIAL), false, true, null)))
                .extracting(Assignment::customerId)
                .containsExactly("c-beta");
        assertThat(assigned(search(Set.of(), true, true, null)))
                .extracting(Assignment::customerId)
                .containsExactly("c-beta");
        assertThat(assigned(search(Set.of(), false, false, null)))
                .extracting(Assignment::override)
                .containsExactly(override("p1", null));
        assertThat(assigned(search(Set.of(), false, true, "ET")))
                .extracting(Assignment::customerId)
                .containsExactly("c-beta");
    }

    private List<Assignment> assigned(AssignmentSearch search) {
        var page = profiles().assignments(search);
        assertThat(page.totalCount()).isEqualTo(page.items().size());
        return page.items();
    }

    private static AssignmentSearch search(
            Set<String> profileIds, boolean withoutPinned, boolean all, @Nullable String name) {
        return new AssignmentSearch(profileIds, withoutPinned, all, Set.of(), name, null, null, false, FIRST);
    }
}
