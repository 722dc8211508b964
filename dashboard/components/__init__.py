"""Each draws one thing from a value. Text from outside is drawn with `st.text`, `st.code` or in a cell."""
