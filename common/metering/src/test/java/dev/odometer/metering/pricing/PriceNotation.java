package dev.odometer.metering.pricing;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the notation of prices in {@code docs/billing-rules.md}, which the page defines. */
final class PriceNotation {

    private static final String NUMBER = "([0-9.]+)";
    private static final Pattern FLAT = Pattern.compile("flat " + NUMBER + " in (advance|arrears)");
    private static final Pattern UNIT = Pattern.compile("unit " + NUMBER);
    private static final Pattern DYNAMIC = Pattern.compile("dynamic " + NUMBER);
    private static final Pattern PACKAGE = Pattern.compile("package of " + NUMBER + " at " + NUMBER);
    private static final Pattern TIERED = Pattern.compile("(graduated|volume): (.+)");
    private static final Pattern TIER =
            Pattern.compile("(?:≤" + NUMBER + "|above)(?: flat " + NUMBER + ")?(?: unit " + NUMBER + ")?");

    private PriceNotation() {}

    static Pricing pricing(String price, String terms) {
        List<String> words = terms.equals("-") ? List.of() : List.of(terms.split(", "));
        words.stream()
                .filter(word -> !word.matches("(minimum|maximum) [0-9.]+|[0-9.]+ (% off|free)"))
                .forEach(word -> {
                    throw new IllegalArgumentException("unknown term: " + word);
                });
        return new Pricing(
                price(price),
                new Commitment(term(words, "minimum (.+)"), term(words, "maximum (.+)")),
                new Discounts(term(words, "(.+) % off"), term(words, "(.+) free")));
    }

    private static @Nullable BigDecimal term(List<String> terms, String pattern) {
        return terms.stream()
                .map(Pattern.compile(pattern)::matcher)
                .filter(Matcher::matches)
                .map(term -> new BigDecimal(term.group(1)))
                .findFirst()
                .orElse(null);
    }

    private static Price price(String text) {
        Matcher flat = FLAT.matcher(text);
        if (flat.matches()) {
            return new Price.Flat(
                    new BigDecimal(flat.group(1)),
                    flat.group(2).equals("advance") ? PaymentTerm.IN_ADVANCE : PaymentTerm.IN_ARREARS);
        }
        Matcher unit = UNIT.matcher(text);
        if (unit.matches()) {
            return new Price.PerUnit(new BigDecimal(unit.group(1)));
        }
        Matcher dynamic = DYNAMIC.matcher(text);
        if (dynamic.matches()) {
            return new Price.Dynamic(new BigDecimal(dynamic.group(1)));
        }
        Matcher packages = PACKAGE.matcher(text);
        if (packages.matches()) {
            return new Price.PerPackage(new BigDecimal(packages.group(2)), new BigDecimal(packages.group(1)));
        }
        Matcher tiered = TIERED.matcher(text);
        if (tiered.matches()) {
            List<Tier> tiers = Arrays.stream(tiered.group(2).split("; "))
                    .map(PriceNotation::tier)
                    .toList();
            return tiered.group(1).equals("volume") ? new Price.Volume(tiers) : new Price.Graduated(tiers);
        }
        throw new IllegalArgumentException("unknown price: " + text);
    }

    private static Tier tier(String text) {
        Matcher tier = TIER.matcher(text);
        if (!tier.matches()) {
            throw new IllegalArgumentException("unknown tier: " + text);
        }
        return new Tier(number(tier.group(1)), number(tier.group(2)), number(tier.group(3)));
    }

    private static @Nullable BigDecimal number(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }
}
