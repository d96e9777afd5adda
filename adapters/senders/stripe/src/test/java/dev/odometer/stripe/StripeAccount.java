package dev.odometer.stripe;

import dev.odometer.stripe.FakeStripe.Answer;
import dev.odometer.stripe.FakeStripe.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The customers, invoices and items of an account at Stripe. */
public final class StripeAccount {

    private static final Pattern METADATA = Pattern.compile("metadata\\[([^\\]]{1,40})]");
    private static final Set<String> INVOICE_PARAMETERS = Set.of(
            "customer",
            "currency",
            "auto_advance",
            "pending_invoice_items_behavior",
            "automatic_tax[enabled]",
            "discounts",
            "description",
            "custom_fields[0][name]",
            "custom_fields[0][value]",
            "collection_method",
            "days_until_due");
    private static final Set<String> ITEM_PARAMETERS = Set.of(
            "customer", "invoice", "currency", "amount", "description", "discountable", "period[start]", "period[end]");

    public final Map<String, StripeInvoice> invoices = new LinkedHashMap<>();
    public final List<StripeItem> items = new ArrayList<>();
    /** By customer: what Stripe owes it. */
    final Map<String, Long> credit = new HashMap<>();
    /** By customer: the percentage that a coupon takes off. */
    final Map<String, Integer> coupons = new TreeMap<>(Map.of("cus_acme", 0));

    private final Supplier<Instant> clock;
    private int next;

    StripeAccount(Supplier<Instant> clock) {
        this.clock = clock;
    }

    /** An invoice that was created with a mistake of a user. */
    void addItem(String invoice, Map<String, String> parameters) {
        var all = new HashMap<>(parameters);
        all.put("invoice", invoice);
        items.add(new StripeItem("ii_" + ++next, all));
    }

    /** Finalizes what Stripe would finalize by itself: drafts with automatic advancement, after an hour. */
    void advance() {
        invoices.values().stream()
                .filter(one -> one.status.equals("draft")
                        && one.parameter("auto_advance").equals("true"))
                .filter(one -> clock.get().isAfter(one.created.plus(Duration.ofHours(1))))
                .forEach(this::finalizeInvoice);
    }

    public List<StripeItem> itemsOf(String invoice) {
        return items.stream()
                .filter(item -> item.parameter("invoice").equals(invoice))
                .toList();
    }

    public long total(StripeInvoice invoice) {
        return itemsOf(invoice.id).stream()
                .mapToLong(item -> {
                    boolean isDiscounted = !item.parameter("discountable").equals("false");
                    return isDiscounted ? item.amount() * (100 - invoice.discountPercent) / 100 : item.amount();
                })
                .sum();
    }

    static Answer error(int status, String code, String parameter, String message) {
        var error = new LinkedHashMap<String, Object>();
        error.put("type", status == 400 ? "invalid_request_error" : "api_error");
        error.put("code", code);
        error.put("param", parameter);
        error.put("message", message);
        return new Answer(status, Map.of("error", error));
    }

    private static Answer invalid(String code, String parameter, String message) {
        return error(400, code, parameter, message);
    }

    Answer execute(Request request) {
        String[] path = request.path().substring(1).split("/");
        if (path.length < 2 || !path[0].equals("v1")) {
            return error(404, "", "", "Unrecognized request URL");
        }
        if (path[1].equals("invoiceitems")) {
            return request.method().equals("POST") ? addItem(request) : listItems(request);
        }
        if (path.length == 2) {
            return request.method().equals("POST") ? addInvoice(request) : listInvoices(request);
        }
        StripeInvoice invoice = invoices.get(path[2]);
        if (invoice == null) {
            return error(404, "resource_missing", "invoice", "No such invoice: '" + path[2] + "'");
        }
        if (request.method().equals("DELETE")) {
            return delete(invoice);
        }
        return path.length == 3 ? new Answer(200, view(invoice)) : act(invoice, path[3]);
    }

    private @Nullable Answer unknown(Request request, Set<String> known) {
        for (Map.Entry<String, String> one : request.parameters().entrySet()) {
            boolean isMetadata =
                    METADATA.matcher(one.getKey()).matches() && one.getValue().length() <= 500;
            if (!known.contains(one.getKey()) && !isMetadata) {
                return invalid("parameter_unknown", one.getKey(), "Received unknown parameter: " + one.getKey());
            }
        }
        String customer = request.parameters().getOrDefault("customer", "");
        return coupons.containsKey(customer)
                ? null
                : invalid("resource_missing", "customer", "No such customer: '" + customer + "'");
    }

    private Answer addInvoice(Request request) {
        Answer refusal = unknown(request, INVOICE_PARAMETERS);
        if (refusal != null) {
            return refusal;
        }
        Map<String, String> parameters = request.parameters();
        boolean isSent = parameters.getOrDefault("collection_method", "").equals("send_invoice");
        if (isSent != parameters.containsKey("days_until_due")) {
            return invalid("", "days_until_due", "days_until_due is for send_invoice, and required there");
        }
        String customer = parameters.getOrDefault("customer", "");
        int discount = parameters.containsKey("discounts") ? 0 : coupons.getOrDefault(customer, 0);
        var invoice = new StripeInvoice("in_" + ++next, parameters, clock.get(), discount);
        invoices.put(invoice.id, invoice);
        if (parameters.getOrDefault("pending_invoice_items_behavior", "").equals("include")) {
            items.replaceAll(item -> item.parameter("invoice").isEmpty()
                            && item.parameter("customer").equals(customer)
                    ? new StripeItem(item.id(), with(item.parameters(), invoice.id))
                    : item);
        }
        return new Answer(200, view(invoice));
    }

    private static Map<String, String> with(Map<String, String> parameters, String invoice) {
        var all = new HashMap<>(parameters);
        all.put("invoice", invoice);
        return all;
    }

    private Answer addItem(Request request) {
        Answer refusal = unknown(request, ITEM_PARAMETERS);
        if (refusal != null) {
            return refusal;
        }
        var item = new StripeItem("ii_" + ++next, request.parameters());
        StripeInvoice invoice = invoices.get(item.parameter("invoice"));
        if (invoice == null || !invoice.status.equals("draft")) {
            return invalid("invoice_not_editable", "invoice", "This invoice is no longer editable");
        }
        if (!invoice.parameter("customer").equals(item.parameter("customer"))
                || !invoice.parameter("currency").equals(item.parameter("currency"))) {
            return invalid("", "invoice", "The item is of another customer or currency");
        }
        if (itemsOf(invoice.id).size() >= 250) {
            return invalid("invoice_items_limit", "invoice", "An invoice has at most 250 items");
        }
        if (!isValid(item)) {
            return invalid("invalid_amount", "amount", "Invalid amount or period");
        }
        items.add(item);
        return new Answer(200, view(item));
    }

    private static boolean isValid(StripeItem item) {
        if (!item.parameter("amount").matches("-?\\d{1,12}")) {
            return false;
        }
        int unit = switch (item.parameter("currency")) {
            case "kwd", "bhd", "jod", "omr", "tnd" -> 10;
            case "isk", "ugx" -> 100;
            default -> 1;
        };
        return item.amount() % unit == 0
                && Long.parseLong(item.parameter("period[start]")) <= Long.parseLong(item.parameter("period[end]"));
    }

    private Answer delete(StripeInvoice invoice) {
        if (!invoice.status.equals("draft")) {
            return invalid("invoice_not_editable", "invoice", "You can only delete draft invoices");
        }
        invoices.remove(invoice.id);
        items.removeIf(item -> item.parameter("invoice").equals(invoice.id));
        return new Answer(200, Map.of("id", invoice.id, "deleted", true));
    }

    private Answer act(StripeInvoice invoice, String action) {
        Set<String> from = action.equals("finalize") ? Set.of("draft") : Set.of("open", "uncollectible");
        if (!from.contains(invoice.status)) {
            return invalid("", "", "You cannot " + action + " an invoice in status " + invoice.status);
        }
        if (action.equals("finalize")) {
            finalizeInvoice(invoice);
        } else {
            invoice.status = "void";
        }
        return new Answer(200, view(invoice));
    }

    private void finalizeInvoice(StripeInvoice invoice) {
        long total = total(invoice);
        invoice.status = total > 0 ? "open" : "paid";
        if (total < 0) {
            credit.merge(invoice.parameter("customer"), -total, Long::sum);
        }
    }

    private Answer listInvoices(Request request) {
        String from = request.parameters().getOrDefault("created[gte]", "0");
        Stream<StripeInvoice> found = invoices.values().stream()
                .filter(one ->
                        one.parameter("customer").equals(request.parameters().get("customer")))
                .filter(one -> one.created.getEpochSecond() >= Long.parseLong(from));
        return page(request, found.map(this::view).toList());
    }

    private Answer listItems(Request request) {
        return page(
                request,
                itemsOf(Objects.requireNonNullElse(request.parameters().get("invoice"), "")).stream()
                        .map(StripeAccount::view)
                        .toList());
    }

    /** Lists begin with the newest. */
    private static Answer page(Request request, List<Map<String, Object>> oldestFirst) {
        var all = new ArrayList<>(oldestFirst);
        Collections.reverse(all);
        int limit = Integer.parseInt(request.parameters().getOrDefault("limit", "10"));
        String after = request.parameters().get("starting_after");
        int start = after == null
                ? 0
                : all.stream().map(one -> one.get("id")).toList().indexOf(after) + 1;
        List<Map<String, Object>> page = all.subList(start, Math.min(start + limit, all.size()));
        return new Answer(200, Map.of("object", "list", "data", page, "has_more", start + limit < all.size()));
    }

    private Map<String, Object> view(StripeInvoice invoice) {
        return Map.of(
                "id", invoice.id,
                "object", "invoice",
                "status", invoice.status,
                "customer", invoice.parameter("customer"),
                "currency", invoice.parameter("currency"),
                "total", total(invoice),
                "metadata", metadata(invoice.parameters));
    }

    private static Map<String, Object> view(StripeItem item) {
        return Map.of(
                "id",
                item.id(),
                "object",
                "invoiceitem",
                "amount",
                item.amount(),
                "metadata",
                metadata(item.parameters()));
    }

    private static Map<String, String> metadata(Map<String, String> parameters) {
        var metadata = new TreeMap<String, String>();
        parameters.forEach((name, value) -> {
            var matcher = METADATA.matcher(name);
            if (matcher.matches()) {
                metadata.put(matcher.group(1), value);
            }
        });
        return metadata;
    }
}
