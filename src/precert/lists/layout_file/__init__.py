"""A layout file (TOML) in, a `Layout` out; or the file and the key at fault.

`loading` reads the whole of it, each other module one sort of its tables: where things are printed
(`columns`, `line_of_business`), what a row requires (`patterns`, `answers`) and on what terms
(`conditions`), what stands outside the tables (`lines`), which names and words there are (`words`).
`section` takes the keys of one table, and refuses the rest.
"""
