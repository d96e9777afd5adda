package dev.odometer.stripe;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.handoff.InvoiceCourier;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hands invoices over to Stripe. The metadata of a customer contains the id of the customer in Stripe. */
final class StripeCourier implements InvoiceCourier {

    /** The metadata key of a customer with the id of the customer in Stripe. */
    static final String CUSTOMER_KEY = "stripeCustomerId";

    private static final Pattern CUSTOMER_ID = Pattern.compile("cus_[0-9A-Za-z_]{1,250}");

    private final @Nullable Function<BooleanSupplier, StripeCalls> calls;

    /**
     * @param calls creates the requests of an attempt, given whether there is time for another; null if Stripe is not
     * set up
     */
    StripeCourier(@Nullable Function<BooleanSupplier, StripeCalls> calls) {
        this.calls = calls;
    }

    /** The task of an attempt. */
    private interface Task {
        Outcome run(StripeAttempt attempt);
    }

    @Override
    public Outcome handOver(OutboundInvoice outbound) {
        return attempt(outbound, StripeAttempt::handOver);
    }

    @Override
    public Outcome withdraw(OutboundInvoice outbound) {
        return attempt(outbound, StripeAttempt::withdraw);
    }

    private Outcome attempt(OutboundInvoice outbound, Task task) {
        if (calls == null) {
            return Outcome.waiting("Stripe is not set up: odometer.stripe.api-key is missing");
        }
        String customer = outbound.customer().metadata().getOrDefault(CUSTOMER_KEY, "");
        if (customer.isEmpty()) {
            return Outcome.waiting("the customer has no metadata " + CUSTOMER_KEY);
        }
        if (!CUSTOMER_ID.matcher(customer).matches()) {
            return Outcome.waiting("the metadata " + CUSTOMER_KEY
                    + " of the customer is not the id of a customer in Stripe: " + Refusal.quote(customer));
        }
        var attempt = new StripeAttempt(outbound, customer, calls.apply(outbound.hasTime()));
        try {
            return task.run(attempt);
        } catch (StripeFailure failure) {
            return failure.outcome(attempt.externalIds());
        } catch (Refusal refusal) {
            return new Outcome(Result.GIVE_UP, refusal.detail(), false, null, attempt.externalIds());
        }
    }
}
