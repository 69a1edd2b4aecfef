// Package insights says who the regulars are and how the shop is doing. What needs everybody's history is computed once a
// night, and after an import, into customer_facts and fact_summaries, which carry their date; pages read those.
package insights
