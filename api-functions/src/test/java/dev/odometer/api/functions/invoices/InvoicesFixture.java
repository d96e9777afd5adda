package dev.odometer.api.functions.invoices;

import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static dev.odometer.metering.subscription.SubscriptionExamples.TOKENS;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.billing.LineCheck;
import dev.odometer.api.functions.billing.LineDraft.Card;
import dev.odometer.api.functions.billing.LineDraft.CardDiscounts;
import dev.odometer.api.functions.billing.LineDraft.Period;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.profiles.CustomerProfiles;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.BillingSettings;
import dev.odometer.metering.invoice.Workflow;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.subscription.SubscriptionExamples;
import dev.odometer.views.InvoiceLineView;
import dev.odometer.views.InvoiceView;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** The customer acme, with a monthly fee of 100.00 in advance and 0.10 for each token, from 1 January 2026. */
abstract class InvoicesFixture {

    static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
    static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

    Instant now = JANUARY;
    final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    final ApiFixture ports = new ApiFixture(clock);
    private final Ulid ids = new Ulid(clock);
    private final BillingSettings settings = new BillingSettings(CalendarDuration.parse("horizon", "P3M"));
    final CustomerProfiles profiles = new CustomerProfiles(ports.profiles);
    final InvoiceAccess access = new InvoiceAccess(ports.invoices, settings, clock);
    final DueRequests requests = new DueRequests(profiles, settings, clock);
    final PendingLines pendingLines = new PendingLines(ports.invoices, profiles, settings, ids);
    final LineCheck check = new LineCheck(new FeatureLookup(ports.features));
    final LineUsage usage = new LineUsage(new MeterLookup(ports.meters), ports.log);
    final CreatePendingInvoiceLines create =
            new CreatePendingInvoiceLines(ports.customerLookup, ports.invoices, check, pendingLines, ids, clock);
    final InvoicePendingLines invoice = new InvoicePendingLines(ports.customerLookup, requests, access);
    final GetInvoice get = new GetInvoice(access, ports.customers, pendingLines);
    final ListInvoices list = new ListInvoices(access, ports.customerLookup, pendingLines);
    final UpdateInvoice update =
            new UpdateInvoice(access, new AddedLines(ports.customerLookup, check, usage, ids), ids);
    private int events;

    @BeforeEach
    void addCustomerAndFeature() {
        ports.meters.add(Examples.meter(Aggregation.SUM));
        ports.customers.add(ACME);
        ports.features.add(TOKENS);
    }

    void subscribed() {
        ports.subscriptions.add(SubscriptionExamples.subscription(
                "s1", PlanExamples.monthly(PlanExamples.phase("main", null, fee(), tokens())), JANUARY));
    }

    private static RateCard tokens() {
        return PlanExamples.card("tokens", "P1M", Pricing.of(new Price.PerUnit(new BigDecimal("0.10"))));
    }

    private static RateCard fee() {
        return new RateCard(
                RateCard.Kind.FLAT_FEE,
                PlanExamples.label("fee"),
                PlanExamples.duration("P1M"),
                Pricing.of(new Price.Flat(new BigDecimal("100"), PaymentTerm.IN_ADVANCE)),
                null,
                null,
                null,
                Discounts.NONE);
    }

    void use(String time, String tokens) {
        ports.log.append(List.of(Examples.prompt("e" + events++, "s1", time, tokens)));
    }

    /** Drafts of the default profile need approval. */
    void approvedByHand() {
        Workflow before = Workflow.DEFAULT;
        var workflow = new Workflow(
                null,
                before.collectionInterval(),
                false,
                before.draftPeriod(),
                before.dueAfter(),
                true,
                before.endProration(),
                before.collectionMethod());
        ports.profiles.change(
                BillingProfile.INITIAL_ID,
                profile -> new BillingProfile(
                        profile.id(),
                        profile.name(),
                        null,
                        profile.metadata(),
                        true,
                        profile.supplier(),
                        workflow,
                        profile.tax(),
                        profile.lifecycle()));
    }

    List<InvoiceView> invoiced(@Nullable Boolean isProgressive) {
        return invoice.apply(new InvoicePendingLines.Input("acme", null, null, isProgressive));
    }

    /** The only draft that is due. */
    InvoiceView draft() {
        return invoiced(false).get(0);
    }

    InvoiceView issued(InvoiceView draft) {
        return new ApproveInvoice(access).apply(new ApproveInvoice.Input(draft.id()));
    }

    InvoiceView found(String id) {
        return get.apply(new GetInvoice.Input(id, null, null));
    }

    static List<InvoiceLineView> lines(InvoiceView view) {
        return Objects.requireNonNull(view.lines());
    }

    static InvoiceLineView line(InvoiceView view, String name) {
        return lines(view).stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static PriceDraft flat(String amount) {
        return new PriceDraft("flat", amount, null, null, null, null, null, null, null);
    }

    static PriceDraft unit(String amount) {
        return new PriceDraft("unit", amount, null, null, null, null, null, null, null);
    }

    static PendingLineDraft pending(@Nullable String id, PriceDraft price, Instant invoiceAt) {
        String feature = Objects.equals(price.type(), "flat") ? null : "tokens";
        return new PendingLineDraft(
                id, "Extra", null, null, new Period(JANUARY, FEBRUARY), invoiceAt, price, null, feature, null);
    }

    CreatePendingInvoiceLines.Created created(PendingLineDraft... drafts) {
        return create.apply(new CreatePendingInvoiceLines.Input("acme", "USD", Arrays.asList(drafts)));
    }

    /** A request that changes nothing. */
    static InvoiceLineDraft unchanged(InvoiceLineView line) {
        return discounted(line, null);
    }

    /** A request with a discount in percent, or as it is. */
    static InvoiceLineDraft discounted(InvoiceLineView line, @Nullable String percentage) {
        var price = Objects.requireNonNull(line.price());
        var draft =
                new PriceDraft(price.type(), price.amount(), price.paymentTerm(), null, null, null, null, null, null);
        var discounts = percentage == null
                ? null
                : new CardDiscounts(
                        new CardDiscounts.Percentage(new BigDecimal(percentage), "01G65Z755AFWAKHE12NY0CQ9FH"), null);
        return new InvoiceLineDraft(
                line.id(),
                line.name(),
                line.description(),
                line.metadata(),
                new Period(line.period().from(), line.period().to()),
                line.invoiceAt(),
                draft,
                new Card(line.featureKey(), null, Optional.of(draft), discounts),
                line.featureKey(),
                null);
    }

    InvoiceView updated(InvoiceView draft, InvoiceLineDraft... lines) {
        return update.apply(input(draft, new ArrayList<>(Arrays.asList(lines))));
    }

    static UpdateInvoice.Input input(InvoiceView draft, List<@Nullable InvoiceLineDraft> lines) {
        return new UpdateInvoice.Input(draft.id(), null, null, null, null, null, lines);
    }

    static Refusal refusal(ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call);
    }

    static String code(ThrowingCallable call) {
        return refusal(call).violations().get(0).code();
    }
}
