package dev.odometer.api.functions.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.views.BillingAddress;
import dev.odometer.views.TaxId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingProfilesTest {

    private static final WorkflowDraft DEFAULTS = new WorkflowDraft(null, null, null, null);
    private static final PartyDraft SELLER = new PartyDraft(
            "s",
            "Seller",
            new TaxId("DE123"),
            List.of(new BillingAddress("DE", "10115", null, "Berlin", "Street 1", null, null)));

    private final ApiFixture fixture = new ApiFixture();
    private final CreateBillingProfile create = new CreateBillingProfile(fixture.profiles, fixture.ids, fixture.clock);
    private final UpdateBillingProfile update = new UpdateBillingProfile(fixture.profiles, fixture.clock);
    private final DeleteBillingProfile delete = new DeleteBillingProfile(fixture.profiles, fixture.clock);
    private final GetBillingProfile get = new GetBillingProfile(fixture.profiles);
    private final ListBillingProfiles list = new ListBillingProfiles(fixture.profiles);
    private final UpsertCustomerOverride override =
            new UpsertCustomerOverride(fixture.customerLookup, fixture.profiles, fixture.clock);
    private final GetCustomerOverride getOverride =
            new GetCustomerOverride(fixture.customerLookup, new CustomerProfiles(fixture.profiles));
    private final ListCustomerOverrides listOverrides = new ListCustomerOverrides(fixture.profiles, fixture.customers);

    private ProfileView created(boolean isDefault) {
        return create.apply(new CreateBillingProfile.Input(
                "Main", null, Map.of("a", "b"), SELLER, DEFAULTS, null, isDefault, null));
    }

    private ProfileView with(@Nullable WorkflowDraft workflow, @Nullable TaxRateDraft tax) {
        return create.apply(new CreateBillingProfile.Input("Main", null, null, SELLER, workflow, null, null, tax));
    }

    private ProfileView found(String id) {
        return get.apply(new GetBillingProfile.Input(id, null));
    }

    private CustomerOverrideView overridden(String customer, @Nullable String profileId) {
        return override.apply(new UpsertCustomerOverride.Input(customer, profileId, null));
    }

    private static Refusal refusal(ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call);
    }

    private static String code(ThrowingCallable call) {
        return refusal(call).violations().get(0).code();
    }

    @Test
    void aProfileExistsFromTheStart() {
        ProfileView initial = found(BillingProfile.INITIAL_ID);

        assertThat(initial.default_()).isTrue();
        assertThat(initial.apps().tax().id()).isEqualTo(BillingProfile.SANDBOX_APP_ID);
        assertThat(initial.apps().tax().name()).isNull();
        assertThat(initial.tax().category()).isEqualTo("not_subject");
    }

    @Test
    void fieldsHaveDefaults() {
        ProfileView profile = created(false);

        assertThat(found(profile.id())).isEqualTo(profile);
        assertThat(profile.workflow().invoicing().draftPeriod()).isEqualTo("P0D");
        assertThat(profile.workflow().collection().interval()).isEqualTo("PT1H");
        assertThat(profile.supplier().taxId()).isEqualTo(new TaxId("DE123"));
        assertThat(profile.default_()).isFalse();
    }

    @Test
    void aNewDefaultReplacesTheFormerOne() {
        ProfileView profile = created(true);

        assertThat(found(BillingProfile.INITIAL_ID).default_()).isFalse();
        assertThat(fixture.profiles.defaultProfile().id()).isEqualTo(profile.id());
    }

    @Test
    void allOfTheWorkflowIsStored() {
        var workflow = new WorkflowDraft(
                new WorkflowDraft.Collection(
                        new WorkflowDraft.Alignment(
                                "anchored", new WorkflowDraft.RecurringPeriod(Instant.EPOCH, "P1M")),
                        "P1D"),
                new WorkflowDraft.Invoicing(false, "P2D", "P14D", false, "bill_full_period"),
                new WorkflowDraft.Payment("send_invoice"),
                new WorkflowDraft.Tax(true, false));

        ProfileView profile = with(workflow, new TaxRateDraft("standard", new BigDecimal("19"), null));

        assertThat(profile.workflow().collection().alignment().type()).isEqualTo("anchored");
        assertThat(profile.workflow().collection().interval()).isEqualTo("P1D");
        assertThat(profile.workflow().invoicing().autoAdvance()).isFalse();
        assertThat(profile.workflow().invoicing().subscriptionEndProrationMode())
                .isEqualTo("bill_full_period");
        assertThat(profile.workflow().payment().collectionMethod()).isEqualTo("send_invoice");
        assertThat(profile.tax().percent()).isEqualTo(new BigDecimal("19"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P1M  | weekly | true  | workflow.collection.alignment.type must be one of",
                "PT1H | anchored | false | workflow.collection.alignment.recurringPeriod.interval must be in whole",
                "day  | anchored | false | workflow.collection.alignment.recurringPeriod.interval must be an ISO 8601",
                "P1M  | subscription | false | workflow.collection.alignment.recurringPeriod is not allowed",
                "P1M  | anchored | true | workflow.tax.enforced must be false"
            })
    void invalidWorkflowsAreRefused(String interval, String type, boolean enforced, String detail) {
        var workflow = new WorkflowDraft(
                new WorkflowDraft.Collection(
                        new WorkflowDraft.Alignment(type, new WorkflowDraft.RecurringPeriod(Instant.EPOCH, interval)),
                        null),
                null,
                null,
                new WorkflowDraft.Tax(null, type.equals("weekly") ? null : enforced));

        assertThat(refusal(() -> with(workflow, null)).detail()).startsWith(detail);
    }

    @Test
    void invalidTaxesAreRefused() {
        assertThat(refusal(() -> with(DEFAULTS, new TaxRateDraft("vat", null, null)))
                        .detail())
                .startsWith("tax.category must be one of");
        assertThat(refusal(() -> with(DEFAULTS, new TaxRateDraft("standard", new BigDecimal("1E+999999999"), null)))
                        .detail())
                .startsWith("tax.percent must be from 0 to 100");
        assertThat(refusal(() -> with(DEFAULTS, new TaxRateDraft("exempt", null, null)))
                        .detail())
                .startsWith("tax.exemptionReason is required");
    }

    @Test
    void anotherAppIsRefused() {
        var input = new CreateBillingProfile.Input(
                "Main", null, null, SELLER, DEFAULTS, new AppsDraft(null, "stripe", null), null, null);

        assertThat(refusal(() -> create.apply(input)).detail())
                .startsWith("apps.invoicing must be the id of an app: stripe");
    }

    @Test
    void anUpdateReplacesAllFields() {
        ProfileView profile = created(false);

        ProfileView updated = update.apply(
                new UpdateBillingProfile.Input(profile.id(), "Other", "Text", null, SELLER, DEFAULTS, true, null));

        assertThat(updated.name()).isEqualTo("Other");
        assertThat(updated.metadata()).isNull();
        assertThat(updated.default_()).isTrue();
        assertThat(found(profile.id())).isEqualTo(updated);
    }

    @Test
    void theDefaultStaysUntilThereIsAnother() {
        String id = BillingProfile.INITIAL_ID;
        var input = new UpdateBillingProfile.Input(id, "Main", null, null, SELLER, DEFAULTS, false, null);

        assertThat(code(() -> update.apply(input))).isEqualTo("default_profile_cannot_be_unset");
        assertThat(code(() -> delete.accept(new DeleteBillingProfile.Input(id))))
                .isEqualTo("default_profile_cannot_be_deleted");
        created(true);
        delete.accept(new DeleteBillingProfile.Input(id));
        assertThat(found(id).deletedAt()).isEqualTo(ApiFixture.NOW);
        assertThat(refusal(() -> delete.accept(new DeleteBillingProfile.Input(id)))
                        .kind())
                .isEqualTo(RefusalKind.NOT_FOUND);
    }

    @Test
    void aProfileOfACustomerIsNotDeleted() {
        fixture.customer("acme");
        ProfileView profile = created(false);
        overridden("acme", profile.id());

        assertThat(code(() -> delete.accept(new DeleteBillingProfile.Input(profile.id()))))
                .isEqualTo("profile_referenced");
    }

    @Test
    void listsShowArchivedProfilesOnRequest() {
        ProfileView profile = created(false);
        delete.accept(new DeleteBillingProfile.Input(profile.id()));

        assertThat(listed(null, "name")).hasSize(1);
        assertThat(listed(true, "default")).hasSize(2);
        assertThat(listed(true, null).get(0).apps().payment().status()).isEqualTo("ready");
        assertThat(refusal(() -> listed(null, "id")).detail()).startsWith("orderBy must be one of");
    }

    private List<ProfileView> listed(@Nullable Boolean archived, @Nullable String orderBy) {
        return list.apply(new ListBillingProfiles.Input(archived, List.of("apps"), null, orderBy, null, null))
                .items();
    }

    @Test
    void anOverridePinsACustomerToAProfile() {
        String id = fixture.customer("acme").id();
        ProfileView profile = created(false);

        CustomerOverrideView view = overridden("acme", profile.id());

        assertThat(view.baseBillingProfileId()).isEqualTo(profile.id());
        assertThat(view.customerProfile().supplier().name()).isEqualTo("Seller");
        assertThat(getOverride.apply(new GetCustomerOverride.Input(id, null))).isEqualTo(view);
        new DeleteCustomerOverride(fixture.customerLookup, fixture.profiles)
                .accept(new DeleteCustomerOverride.Input(id));
        CustomerOverrideView without =
                getOverride.apply(new GetCustomerOverride.Input("acme", List.of("customer", "apps")));
        assertThat(without.customerOverride()).isNull();
        assertThat(without.baseBillingProfileId()).isEqualTo(BillingProfile.INITIAL_ID);
        assertThat(without.customer()).isNotNull();
    }

    @Test
    void anOverrideCanHaveATaxRateOnly() {
        fixture.customer("acme");

        CustomerOverrideView view = override.apply(new UpsertCustomerOverride.Input(
                "acme", null, new TaxRateDraft("reverse_charge", null, "Reverse charge")));

        assertThat(view.customerProfile().tax().category()).isEqualTo("reverse_charge");
        assertThat(view.baseBillingProfileId()).isEqualTo(BillingProfile.INITIAL_ID);
    }

    @Test
    void anOverrideNeedsACustomerAndAProfile() {
        fixture.customer("acme");

        assertThat(code(() -> overridden("acme", "01ARZ3NDEKTSV4RRFFQ69G5FAV"))).isEqualTo("profile_not_found");
        assertThat(code(() -> overridden("acme", "\0"))).isEqualTo("profile_not_found");
        assertThat(refusal(() -> overridden("none", null)).kind()).isEqualTo(RefusalKind.NOT_FOUND);
    }

    @Test
    void overridesAreListedWithOrWithoutTheOtherCustomers() {
        String acme = fixture.customer("acme").id();
        String hooli = fixture.customer("hooli").id();
        overridden("acme", created(false).id());

        assertThat(customers(null, null)).containsExactly(acme, hooli);
        assertThat(customers(false, null)).containsExactly(acme);
        assertThat(customers(false, true)).containsExactly(hooli);
    }

    private List<String> customers(@Nullable Boolean all, @Nullable Boolean withoutPinned) {
        return listOverrides
                .apply(new ListCustomerOverrides.Input(
                        null, withoutPinned, all, null, null, null, null, List.of("customer"), null, null, null, null))
                .items()
                .stream()
                .map(view -> java.util.Objects.requireNonNull(view.customer()).id())
                .toList();
    }
}
