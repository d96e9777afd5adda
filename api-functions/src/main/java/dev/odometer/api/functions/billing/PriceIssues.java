package dev.odometer.api.functions.billing;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.Refusal.Violation;
import dev.odometer.metering.pricing.PlanIssue;
import java.util.ArrayList;
import java.util.List;

/** Collects the rules that the prices of a request break, to refuse all of them at once. */
final class PriceIssues {

    /** Bounds the answer. */
    private static final int MAX = 100;

    private final List<Violation> violations = new ArrayList<>();

    /** @param place in the request, such as {@code lines[0].price} */
    void add(String place, PlanIssue.Code code) {
        if (violations.size() < MAX) {
            violations.add(new Violation("$." + place, code.wireName(), code.message()));
        }
    }

    /** @throws Refusal with all rules, and the place and message of the first one as its sentence */
    void refuse() {
        if (!violations.isEmpty()) {
            Violation first = violations.get(0);
            throw Refusal.invalid(first.field().substring(2) + ": " + first.message(), violations);
        }
    }
}
