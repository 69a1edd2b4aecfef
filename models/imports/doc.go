// Package imports brings customers and purchases in from a file: it looks at the file, proposes what its columns mean,
// checks every row before anything is written, writes in the background, and takes a whole import back.
//
// # How
//
// A file is streamed to disk, parsed in flat memory and copied into a staging table, where whole sets are compared with
// what the shop already knows. Rows are numbered by customer, time and line and cut into chunks of whole customers. A
// chunk is one transaction: it loads its members in a few queries, lets their purchases happen by terms.Timeline.Advance,
// the same engine as the till's, and writes everything by COPY together with the mark that the chunk is done. Killed at
// any point, the import goes on with the chunks that are not marked.
//
// A row is once for ever: by its order number or, without one, by the hash of its content and its how-manieth occurrence in
// the file. The same file again brings nothing new.
package imports
