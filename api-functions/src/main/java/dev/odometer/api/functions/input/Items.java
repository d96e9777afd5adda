package dev.odometer.api.functions.input;

import dev.odometer.functions.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Converts lists of records in requests. A refusal names the place of the field, such as {@code lines[3].name}. */
public final class Items {

    private Items() {}

    /**
     * The converted items of a required list that is not empty.
     *
     * @param conversion its refusals begin with a field of the item
     * @throws Refusal when the list is absent, empty or too long, or an item is null or refused
     */
    public static <D, T> List<T> each(
            String field, @Nullable List<@Nullable D> drafts, int max, Function<D, T> conversion) {
        int size = Bounds.required(field, drafts).size();
        if (size < 1 || size > max) {
            throw Refusal.invalid(field + " must have 1 to " + max + " items: " + size);
        }
        return atMost(field, drafts, max, conversion);
    }

    /** The converted items of a required list, which may be empty; see {@link #each}. */
    public static <D, T> List<T> atMost(
            String field, @Nullable List<@Nullable D> drafts, int max, Function<D, T> conversion) {
        List<@Nullable D> given = Bounds.required(field, drafts);
        if (given.size() > max) {
            throw Refusal.invalid(field + " must have at most " + max + " items: " + given.size());
        }
        var items = new ArrayList<T>();
        for (D draft : given) {
            String place = field + "[" + items.size() + "]";
            if (draft == null) {
                throw Refusal.invalid(place + " must not be null");
            }
            try {
                items.add(conversion.apply(draft));
            } catch (Refusal refusal) {
                throw refusal.within(place);
            }
        }
        return items;
    }
}
